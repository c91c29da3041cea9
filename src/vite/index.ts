export { frameDocument, type FrameDocumentOptions } from "./frame-document.js";
export { frameHeaders, type FrameHeadersOptions } from "./frame-headers.js";
export { unit, type UnitOptions } from "./unit.js";
