/** Offers `content` to the user as a file called `name`. */
export function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  // Never attached to the page: Grafana takes clicks on links in the page for navigation.
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
