import { LitElement, css, html } from "lit";
import { property } from "lit/decorators.js";
import { base } from "../shared/base.js";

/**
 * A unit's icon: an image (data: or this page's origin only, so that showing a catalog tells no one), a character or two
 * as they are, or else the first letter of its name on a colour of its own.
 */
export class UnitIcon extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        --size: 2.5rem;
        width: var(--size);
        height: var(--size);
        flex: none;
      }
      .tile {
        display: grid;
        place-items: center;
        width: 100%;
        height: 100%;
        border-radius: 26%;
        overflow: hidden;
        font-size: calc(var(--size) * 0.42);
        font-weight: 650;
        line-height: 1;
        background: light-dark(oklch(0.925 0.035 var(--hue)), oklch(0.31 0.045 var(--hue)));
        color: light-dark(oklch(0.42 0.09 var(--hue)), oklch(0.87 0.075 var(--hue)));
      }
      img {
        width: 100%;
        height: 100%;
        object-fit: cover;
      }
    `,
  ];

  @property() name = "";
  @property() icon = "";

  override render() {
    const isImage = this.icon.startsWith("data:image/") || isOwn(this.icon);
    const letters = this.icon && this.icon.length <= 4 ? this.icon : this.name.slice(0, 1).toUpperCase();
    return html`<div class="tile" aria-hidden="true" style="--hue: ${hueOf(this.name)}">
      ${isImage ? html`<img alt="" src=${this.icon} />` : letters}
    </div>`;
  }
}

function isOwn(icon: string): boolean {
  return URL.canParse(icon) && new URL(icon).origin === location.origin;
}

function hueOf(name: string): number {
  let hash = 7;
  for (const character of name) hash = (hash * 37 + character.charCodeAt(0)) % 360;
  return hash;
}
