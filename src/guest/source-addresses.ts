/** A Blob URL in the text of a stack. */
const BLOB_URL = /blob:\S*?[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g;

const addresses = new Map<string, string>();

/** Remembers whose text is behind a Blob URL, for good: an error may be made, and looked at, at any time. */
export function addressSource(url: string, address: string): void {
  addresses.set(url, address);
}

/** A stack in which modules have their own addresses. WebKit knows them by their Blob URLs alone, whatever they call themselves. */
export const withAddresses = (stack: string): string => stack.replace(BLOB_URL, (url) => addresses.get(url) ?? url);
