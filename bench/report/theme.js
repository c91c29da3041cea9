/** Colours of the figure, which is shown as an image and so knows no style but its own. */
export const theme = `
  svg { --back: #ffffff; --ink: #1f2328; --soft: #59636e; --line: #d1d9e0; --ours: #0969da; --others: #9aa4af; --target: #cf222e; }
  @media (prefers-color-scheme: dark) {
    svg { --back: #0d1117; --ink: #f0f6fc; --soft: #9198a1; --line: #30363d; --ours: #4493f8; --others: #656c76; --target: #ff7b72; }
  }
`;
