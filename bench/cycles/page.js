import { post, postResult } from "../post.js";
import { measure } from "./measure.js";

const query = new URLSearchParams(location.search);

async function draw() {
  const { drawFigure } = await import("./report/figure.js");
  return { figure: await drawFigure(await (await fetch("/docs/cycles.json")).json()) };
}

await postResult(() =>
  query.has("draw")
    ? draw()
    : measure(
        query.get("isolation"),
        Number(query.get("cycles")),
        () => post("/count"),
        (line) => post("/progress", line),
      ),
);
