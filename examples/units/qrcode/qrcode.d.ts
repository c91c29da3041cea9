/** The part of qrcode that the unit uses; the package has no types of its own. */
declare module "qrcode" {
  type ErrorCorrectionLevel = "L" | "M" | "Q" | "H";
  interface QRCode {
    version: number;
    modules: { size: number; get(row: number, column: number): number };
  }
  const qrcode: {
    create(text: string, options?: { errorCorrectionLevel?: ErrorCorrectionLevel }): QRCode;
    toString(
      text: string,
      options: {
        type: "svg";
        errorCorrectionLevel?: ErrorCorrectionLevel;
        margin?: number;
        width?: number;
        color?: { dark?: string; light?: string };
      },
    ): Promise<string>;
  };
  export default qrcode;
}
