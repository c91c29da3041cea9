/** The view's style. A constructed sheet, because a sandbox's CSP may forbid `<style>`. */
export function createSheet(): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
}

const css = `
.chart-unit {
  margin: 0;
  padding: 16px;
  color: var(--color);
  background: var(--background);
  font: 14px/1.4 var(--font);
}
.chart-unit header {
  display: flex;
  flex-wrap: wrap;
  gap: 8px 16px;
  align-items: center;
  justify-content: space-between;
  margin-bottom: 12px;
}
.chart-unit h2 { margin: 0; font-size: 15px; font-weight: 600; }
.chart-unit nav { display: flex; gap: 4px; }
.chart-unit button {
  padding: 4px 10px;
  border: 1px solid var(--border);
  border-radius: 6px;
  color: var(--muted);
  background: none;
  font: inherit;
  font-size: 13px;
  cursor: pointer;
}
.chart-unit button:hover { color: var(--color); }
.chart-unit button:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
.chart-unit button[aria-pressed="true"] { color: var(--color); border-color: var(--accent); }
.chart-unit div { position: relative; height: 320px; }
.chart-unit figcaption { margin-top: 8px; color: var(--muted); font-size: 12px; }
.chart-unit figcaption:empty { display: none; }
`;
