import { css, html } from "lit";

/** An SVG document as an image: there its scripts do not run and its links do not lead anywhere. */
export function asSvg(document: unknown) {
  const address = `data:image/svg+xml,${encodeURIComponent(String(document))}`;
  return html`<figure class="picture"><img src=${address} alt="The image that the unit drew" /></figure>`;
}

export const svgStyles = css`
  .picture {
    display: grid;
    place-items: center;
    padding: var(--space-5);
  }
  .picture img {
    width: min(100%, 15rem);
    height: auto;
    border-radius: var(--radius-small);
  }
`;
