/** The view's style, in the colours of where it is shown. A constructed sheet, because a sandbox's CSP may forbid `<style>`. */
export function createSheet(): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
}

const css = `
.notes-unit {
  --color: var(--unit-color, light-dark(#1c2024, #edeef0));
  --background: var(--unit-background, light-dark(#fff, #111418));
  --accent: var(--unit-accent, light-dark(#0a6cc4, #5eb0ef));
  --muted: var(--unit-muted, light-dark(#60646c, #9ba1a6));
  --border: var(--unit-border, light-dark(#e0e1e6, #2b3036));
  display: grid;
  gap: 12px;
  padding: 16px;
  color: var(--color);
  background: var(--background);
  font: 14px/1.45 var(--unit-font, system-ui, sans-serif);
}
.notes-unit form { display: flex; gap: 8px; align-items: start; }
.notes-unit textarea {
  flex: 1;
  min-width: 0;
  padding: 8px 10px;
  border: 1px solid var(--border);
  border-radius: 6px;
  color: inherit;
  background: transparent;
  font: inherit;
  field-sizing: content;
  resize: none;
}
.notes-unit textarea::placeholder { color: var(--muted); opacity: 1; }
.notes-unit button {
  padding: 3px 8px;
  border: 1px solid transparent;
  border-radius: 6px;
  color: var(--muted);
  background: none;
  font: inherit;
  font-size: 13px;
  cursor: pointer;
}
.notes-unit button:hover { color: var(--color); border-color: var(--border); }
.notes-unit .primary { padding: 8px 14px; border-color: var(--accent); color: var(--accent); font-weight: 600; }
.notes-unit .primary:hover { color: var(--background); background: var(--accent); }
.notes-unit :focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
.notes-unit ul { display: grid; margin: 0; padding: 0; list-style: none; }
.notes-unit li { padding: 10px 0 8px; border-top: 1px solid var(--border); }
.notes-unit p { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
.notes-unit footer { display: flex; flex-wrap: wrap; gap: 2px; align-items: baseline; margin-top: 4px; }
.notes-unit time { flex: 1; color: var(--muted); font-size: 12px; }
.notes-unit .status { color: var(--muted); font-size: 13px; }
.notes-unit .status:empty { display: none; }
`;
