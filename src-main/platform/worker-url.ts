/**
 * URL of a worker's entry file in src-main/entry, by its name without extension. From sources it is the
 * TypeScript file, which Node runs as it is; in a bundle all entries lie side by side in dist/main.
 */
export function workerUrl(name: string): URL {
  return import.meta.url.endsWith('.ts')
    ? new URL(`../entry/${name}.ts`, import.meta.url)
    : new URL(`./${name}.js`, import.meta.url);
}
