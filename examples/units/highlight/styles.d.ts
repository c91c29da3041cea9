/** A style sheet as a string, put there by the bundler. */
declare module "*.css?inline" {
  const css: string;
  export default css;
}
