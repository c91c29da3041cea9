import { text } from "./lib/text.js";

export const greet = () => text;
