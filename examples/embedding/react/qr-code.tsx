import { useEffect, useState } from "react";
import { useUnit } from "./use-unit.js";

interface QrCodeUnit {
  svg(text: string): string;
}

export function QrCode() {
  const { unit, error } = useUnit<QrCodeUnit>("../units/qrcode/unit.json");
  const [text, setText] = useState("https://example.com");
  const [svg, setSvg] = useState("");

  useEffect(() => {
    let isLatest = true;
    unit?.exports.svg(text || " ").then((answer) => isLatest && setSvg(answer));
    return () => {
      isLatest = false;
    };
  }, [unit, text]);

  if (error) return <p role="alert">{String(error)}</p>;
  return (
    <section className="code">
      <label>
        Text <input value={text} onChange={(event) => setText(event.target.value)} />
      </label>
      <img src={`data:image/svg+xml,${encodeURIComponent(svg)}`} alt="The text as a QR code" />
    </section>
  );
}
