type SavedType = 'application/yaml' | 'application/json' | 'image/svg+xml';

/** Hands a text to the person as a file: the browser's download, or the shell's "Save as". */
export function saveText(name: string, text: string, type: SavedType): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own reference by the time that the click was handled.
  URL.revokeObjectURL(url);
}
