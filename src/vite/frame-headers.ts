/** Permissions Policy features that a frame would have by default, or could be given by its `allow` attribute. */
const FEATURES = [
  "accelerometer",
  "autoplay",
  "camera",
  "clipboard-read",
  "clipboard-write",
  "display-capture",
  "encrypted-media",
  "fullscreen",
  "gamepad",
  "geolocation",
  "gyroscope",
  "hid",
  "identity-credentials-get",
  "idle-detection",
  "local-fonts",
  "magnetometer",
  "microphone",
  "midi",
  "payment",
  "picture-in-picture",
  "publickey-credentials-create",
  "publickey-credentials-get",
  "screen-wake-lock",
  "serial",
  "storage-access",
  "usb",
  "web-share",
  "window-management",
  "xr-spatial-tracking",
];

/** What units of the pages that share a frame document may ever be granted, and who those pages are. Default: nothing, to pages of its own origin. */
export interface FrameHeadersOptions {
  /** Origins. */
  network?: string[];
  /** Permissions Policy features. */
  features?: string[];
  /** Sources of the pages that may frame the document, as in `frame-ancestors`. */
  pages?: string[];
}

/**
 * The response headers to serve the frame document with: names and values. They bind every unit in it, so they allow what any may
 * be granted; each unit is closed further, to its own grant, by the document itself.
 */
export function frameHeaders(options: FrameHeadersOptions = {}): [name: string, value: string][] {
  const { network = [], features = [], pages = ["'self'"] } = options;
  const reachable = ["data:", "blob:", ...network].join(" ");
  const policy = {
    "default-src": "'none'",
    "script-src": "'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval' blob:",
    "worker-src": "blob:",
    "style-src": "'unsafe-inline' blob: data:",
    "connect-src": reachable,
    "img-src": reachable,
    "media-src": reachable,
    "font-src": reachable,
    "frame-src": "'none'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": pages.join(" "),
  };
  const patterns = ["blob:*", "data:*", ...network].map((each) => JSON.stringify(each)).join(" ");
  return [
    [
      "Content-Security-Policy",
      Object.entries(policy)
        .map((pair) => pair.join(" "))
        .join("; "),
    ],
    ["Connection-Allowlist", `(${patterns}); webrtc=block`],
    ["Permissions-Policy", FEATURES.map((name) => `${name}=${features.includes(name) ? "*" : "()"}`).join(", ")],
    ["Cross-Origin-Resource-Policy", "same-origin"],
    ["Cross-Origin-Opener-Policy", "same-origin"],
    ["Referrer-Policy", "no-referrer"],
    ["X-Content-Type-Options", "nosniff"],
    ["X-DNS-Prefetch-Control", "off"],
  ];
}
