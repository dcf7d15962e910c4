/** Stands for the library that fetches icons: there is no server to fetch them from. */
export default function InlineSvg() {
  return <svg aria-hidden />;
}
