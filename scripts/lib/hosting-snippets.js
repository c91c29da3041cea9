const PATH = "/vendor/leasehold/frame.html";

const lines = (headers, line) => headers.map(([name, value]) => line(name, value)).join("\n");
const quoted = (value) => `"${value.replaceAll('"', '\\"')}"`;
const listed = (headers) => headers.map(([key, value]) => ({ key, value }));
const json = (value) => JSON.stringify(value, null, 2);

/** How a static host is told of a file's headers: title, the language of the block, and what to write. */
const hosts = [
  [
    "Netlify, Cloudflare Pages: `_headers`",
    "",
    (headers) => `${PATH}\n${lines(headers, (name, value) => `  ${name}: ${value}`)}`,
  ],
  ["Vercel: `vercel.json`", "json", (headers) => json({ headers: [{ source: PATH, headers: listed(headers) }] })],
  [
    "Firebase: `firebase.json`",
    "json",
    (headers) => json({ hosting: { headers: [{ source: PATH, headers: listed(headers) }] } }),
  ],
  [
    "Apache: `.htaccess`, with mod_headers",
    "apache",
    (headers) =>
      `<Files "frame.html">\n${lines(headers, (name, value) => `  Header always set ${name} ${quoted(value)}`)}\n</Files>`,
  ],
  [
    "nginx",
    "nginx",
    (headers) =>
      `location = ${PATH} {\n${lines(headers, (name, value) => `  add_header ${name} ${quoted(value)} always;`)}\n}`,
  ],
  ["Caddy", "", (headers) => `header ${PATH} {\n${lines(headers, (name, value) => `  ${name} ${quoted(value)}`)}\n}`],
];

/**
 * What docs/hosting.md says of the frame document's headers: them, and how static hosts are told.
 * @param {[name: string, value: string][]} headers
 */
export function hostingSnippets(headers) {
  const block = (language, text) => `\`\`\`${language}\n${text}\n\`\`\`\n`;
  return [
    block(
      "http",
      lines(headers, (name, value) => `${name}: ${value}`),
    ),
    ...hosts.map(([title, language, write]) => `### ${title}\n\n${block(language, write(headers))}`),
  ].join("\n");
}
