import { css } from "lit";

/** Radio buttons that are there for keyboard and screen reader, behind what is drawn for them in the same label. */
export const hiddenRadios = css`
  label {
    position: relative;
    display: block;
  }
  input {
    position: absolute;
    inset: 0;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }
`;
