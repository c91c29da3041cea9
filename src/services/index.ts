export { clipboard, type ClipboardOptions, type ClipboardService } from "./clipboard.js";
export { fetcher, type FetcherOptions } from "./fetcher.js";
export type { FetchAnswer, FetchInit, FetchService } from "./fetch-service.js";
export type { Notice, NoticeHandle, NoticeText, NotificationService } from "./notice.js";
export { notifications, type NotificationOptions } from "./notifications.js";
export type { Rate } from "./rate-limit.js";
export { storage, type StorageOptions, type StorageService, type StorageUsage } from "./storage.js";
