import { useState, useSyncExternalStore } from "react";
import { counts, host, onCounts } from "../host.js";
import { QrCode } from "./qr-code.js";
import "./unit-view.js";

export function App() {
  const [isOpen, setOpen] = useState(true);
  return (
    <>
      <header>
        <div>
          <h1>Units in React</h1>
          <p role="status">{useSyncExternalStore(onCounts, counts)}</p>
        </div>
        <button type="button" onClick={() => setOpen(!isOpen)}>
          {isOpen ? "Take them back" : "Load them again"}
        </button>
      </header>
      {isOpen && (
        <main>
          <QrCode />
          <unit-view host={host} src="../units/chart/unit.json" />
        </main>
      )}
    </>
  );
}
