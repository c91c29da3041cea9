import "leasehold/components";
import type { UnitView } from "leasehold/components";

type Properties = Pick<UnitView, "src" | "source" | "loaded" | "isolation" | "grant" | "host">;

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "unit-view": DetailedHTMLProps<HTMLAttributes<UnitView>, UnitView> & Partial<Properties>;
    }
  }
}
