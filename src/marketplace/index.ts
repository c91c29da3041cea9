export { createMarketplace } from "./marketplace.js";
export type {
  CatalogEntry,
  CatalogStatus,
  ConsentRequest,
  EnableOptions,
  Installation,
  InstallOptions,
  Marketplace,
  MarketplaceOptions,
  SearchOptions,
  StopOptions,
} from "./types.js";
