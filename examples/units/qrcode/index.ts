/** QR codes, with node-qrcode: as an SVG image, or as bare modules for those who draw themselves. */
import qrcode from "qrcode";

/** How much damage the code survives: 7, 15, 25 or 30 percent. The more, the larger the code. */
export type Correction = "low" | "medium" | "quartile" | "high";

export interface SvgOptions {
  /** Default "medium". */
  correction?: Correction;
  /** Quiet zone around the code, in modules. Readers want 4, the default. */
  margin?: number;
  /** Width and height in pixels; without it the image has no size of its own. */
  size?: number;
  /** Colours as hex, with alpha if wanted. Default black on white. */
  dark?: string;
  light?: string;
}

export interface Matrix {
  /** 1 to 40. */
  version: number;
  /** Modules along a side. */
  size: number;
  /** One string a row: "1" is a dark module, "0" a light one. No quiet zone. */
  rows: string[];
}

const levels = { low: "L", medium: "M", quartile: "Q", high: "H" } as const;

/** The code as an SVG document. Rejects when the text is too long for any code: some 2,900 bytes at "low". */
export async function svg(text: string, options: SvgOptions = {}): Promise<string> {
  const { correction = "medium", margin = 4, size, dark = "#000000", light = "#ffffff" } = options;
  const image = await qrcode.toString(text, {
    type: "svg",
    errorCorrectionLevel: levels[correction],
    margin,
    color: { dark, light },
    ...(size !== undefined && { width: size }),
  });
  return image.trim();
}

/** The code's modules. */
export function matrix(text: string, correction: Correction = "medium"): Matrix {
  const { version, modules } = qrcode.create(text, { errorCorrectionLevel: levels[correction] });
  const indices = Array.from({ length: modules.size }, (_, index) => index);
  const rows = indices.map((row) => indices.map((column) => (modules.get(row, column) ? "1" : "0")).join(""));
  return { version, size: modules.size, rows };
}
