import { html } from "lit";

/**
 * Markup from a unit, in a frame with no rights at all: no script, no origin, no network, no forms, and links that lead
 * nowhere, since a frame that may be navigated could carry data out.
 */
export function asHtml(markup: unknown) {
  return html`<iframe sandbox="" title="The result as a document" srcdoc=${page + String(markup)}></iframe>`;
}

const page = `<!doctype html><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<style>
:root{color-scheme:light dark}
body{margin:0;padding:20px 24px;font:15px/1.6 -apple-system,"Segoe UI",Roboto,"Helvetica Neue","Liberation Sans",system-ui,sans-serif;
color:light-dark(#1b2422,#e8edeb);overflow-wrap:anywhere}
a{color:light-dark(#0b6b55,#7fdcbb);pointer-events:none}
h1,h2,h3,h4{line-height:1.25;margin:1.2em 0 .5em}body>:first-child{margin-top:0}body>:last-child{margin-bottom:0}
table{border-collapse:collapse}th,td{padding:6px 12px;border:1px solid light-dark(#dcdfdc,#3a4442)}
th{background:light-dark(#f3f4f1,#222a29)}
blockquote{margin-inline:0;padding-inline-start:16px;border-inline-start:3px solid light-dark(#c9d6d0,#3d4a47);color:light-dark(#55605c,#a9b5b0)}
pre,code{font:13px/1.55 ui-monospace,"SF Mono",Menlo,Consolas,"Liberation Mono",monospace}
:not(pre)>code{padding:.15em .4em;border-radius:4px;background:light-dark(#f1f2ef,#252d2c)}
pre{margin:0;white-space:pre-wrap}
.hljs-comment,.hljs-quote{color:light-dark(#5c6a64,#93a29c);font-style:italic}
.hljs-keyword,.hljs-selector-tag,.hljs-tag,.hljs-name,.hljs-section{color:light-dark(#9a3b1c,#f0a884)}
.hljs-string,.hljs-attr,.hljs-regexp,.hljs-addition{color:light-dark(#0b6b55,#7fdcbb)}
.hljs-number,.hljs-literal,.hljs-symbol,.hljs-variable{color:light-dark(#4446a8,#b0b3f5)}
.hljs-title,.hljs-built_in,.hljs-type,.hljs-meta{color:light-dark(#7a5a00,#e6cd7e)}
</style>`;
