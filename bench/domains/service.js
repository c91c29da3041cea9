/** What every peer calls: the same two functions on the other side of the boundary. */
export const serviceCode = `
function add(a, b) { return a + b; }
function take(buffer) { return buffer.byteLength; }
`;

/** The same as a module, which is what a unit is. */
export const unitCode = `${serviceCode}\nexport { add, take };`;
