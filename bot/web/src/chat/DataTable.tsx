import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { ItemRows } from "./ItemRows";

interface Props {
  title: string;
  columns: string[];
  rows: string[][];
}

const NUMBER = /^[-+−]?[¥￥]?\s?[\d,]+(\.\d+)?\s?(元|%|万元|亿元|yuan)?$/;
/** Texts up to this length (dates, kinds, amounts) stay on one line. */
const SHORT = 12;

/** Whether the table needs more room than the page has; asked anew when the page's width changes. */
function useTooNarrow(): [RefObject<HTMLDivElement | null>, boolean] {
  const frame = useRef<HTMLDivElement>(null);
  const needed = useRef(0);
  const [narrow, setNarrow] = useState(false);
  useEffect(() => {
    const box = frame.current;
    if (!box) return;
    const measure = () => {
      const table = box.querySelector("table");
      // Letter size may have changed since: what the table needs is measured whenever it is there.
      if (table) needed.current = table.scrollWidth;
      setNarrow(needed.current > box.clientWidth + 1);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    return () => observer.disconnect();
  }, []);
  return [frame, narrow];
}

/** A table; where it would have to be scrolled sideways, its rows stand below one another as cards. */
export function DataTable(props: Props) {
  const [frame, narrow] = useTooNarrow();
  return (
    <div class={narrow ? "" : "table-wrap"} ref={frame}>
      {narrow ? <Stacked {...props} /> : <Grid {...props} />}
    </div>
  );
}

function Stacked({ title, columns, rows }: Props) {
  return (
    <>
      {title && <p class="widget-title">{title}</p>}
      <ul class="items">
        {rows.map((row, at) => (
          <li class="item" key={at}>
            <ItemRows rows={columns.map((label, index) => ({ label, value: row[index] ?? "" }))} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Grid({ title, columns, rows }: Props) {
  const numeric = columns.map((_, index) => rows.length > 0 && rows.every((row) => NUMBER.test(row[index] ?? "")));
  const look = (index: number, text: string) => (numeric[index] ? "number" : text.length <= SHORT ? "short" : "");
  return (
    <table>
      {title && <caption>{title}</caption>}
      <thead>
        <tr>
          {columns.map((column, index) => (
            <th key={column} scope="col" class={numeric[index] ? "number" : ""}>
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, at) => (
          <tr key={at}>
            {columns.map((column, index) => (
              <td key={column} class={look(index, row[index] ?? "")}>
                {row[index] ?? ""}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
