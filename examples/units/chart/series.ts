/** What the chart can draw: a number for each label. */
export interface Series {
  title: string;
  labels: string[];
  values: number[];
  kind: "line" | "bar";
  /** Of the values, e.g. "ppm". */
  unit?: string;
  /** Who measured it. */
  source?: string;
}

/** The records that come with the unit, by name. Annual means, as published by those who keep them. */
export const records = {
  co2: {
    title: "Carbon dioxide in the air",
    unit: "ppm",
    kind: "line",
    source: "NOAA Global Monitoring Laboratory: Mauna Loa, annual mean",
    ...years(
      1959,
      [
        315.98, 316.91, 317.64, 318.45, 318.99, 319.62, 320.04, 321.37, 322.18, 323.05, 324.62, 325.68, 326.32, 327.46,
        329.68, 330.19, 331.13, 332.03, 333.84, 335.41, 336.84, 338.76, 340.12, 341.48, 343.15, 344.87, 346.35, 347.61,
        349.31, 351.69, 353.2, 354.45, 355.7, 356.54, 357.21, 358.96, 360.97, 362.74, 363.88, 366.84, 368.54, 369.71,
        371.32, 373.45, 375.98, 377.7, 379.98, 382.09, 384.02, 385.83, 387.64, 390.1, 391.85, 394.06, 396.74, 398.81,
        401.01, 404.41, 406.76, 408.72, 411.65, 414.21, 416.41, 418.53, 421.08, 424.61,
      ],
    ),
  },
  temperature: {
    title: "Global temperature, difference from 1951–1980",
    unit: "°C",
    kind: "bar",
    source: "NASA GISS Surface Temperature Analysis (GISTEMP v4), land and ocean",
    ...years(
      1880,
      [
        -0.17, -0.09, -0.11, -0.17, -0.28, -0.33, -0.32, -0.37, -0.18, -0.11, -0.36, -0.23, -0.28, -0.32, -0.31, -0.24,
        -0.12, -0.12, -0.28, -0.18, -0.09, -0.16, -0.29, -0.38, -0.48, -0.27, -0.23, -0.39, -0.43, -0.49, -0.44, -0.45,
        -0.37, -0.35, -0.16, -0.14, -0.36, -0.46, -0.3, -0.28, -0.28, -0.19, -0.28, -0.27, -0.27, -0.22, -0.11, -0.22,
        -0.2, -0.36, -0.16, -0.09, -0.16, -0.28, -0.12, -0.2, -0.14, -0.03, 0, -0.02, 0.13, 0.19, 0.07, 0.09, 0.2, 0.09,
        -0.07, -0.03, -0.11, -0.11, -0.17, -0.07, 0.01, 0.08, -0.13, -0.14, -0.19, 0.05, 0.06, 0.03, -0.03, 0.06, 0.03,
        0.05, -0.2, -0.11, -0.06, -0.02, -0.08, 0.05, 0.03, -0.08, 0.01, 0.16, -0.07, -0.01, -0.1, 0.18, 0.07, 0.17,
        0.26, 0.32, 0.14, 0.31, 0.16, 0.12, 0.18, 0.32, 0.39, 0.27, 0.45, 0.4, 0.22, 0.23, 0.31, 0.44, 0.33, 0.46, 0.61,
        0.38, 0.39, 0.53, 0.63, 0.62, 0.53, 0.68, 0.64, 0.66, 0.54, 0.66, 0.72, 0.61, 0.64, 0.67, 0.75, 0.9, 1.01, 0.92,
        0.85, 0.98, 1.01, 0.85, 0.89, 1.17,
      ],
    ),
  },
} satisfies Record<string, Series>;

export type RecordName = keyof typeof records;

function years(first: number, values: number[]) {
  return { labels: values.map((_, index) => String(first + index)), values };
}
