declare module "virtual:frame-document" {
  /** The document every domain starts from; written to dist/frame.html as well. */
  export const frameDocument: string;
}
