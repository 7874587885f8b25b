import { useEffect, useRef, useState } from "preact/hooks";
import { useChat } from "./context";

interface Props {
  title: string;
  columns: string[];
  rows: string[][];
}

const NUMBER = /^[-+−]?[¥￥]?\s?[\d,]+(\.\d+)?\s?(元|%|万元|亿元|yuan)?$/;

/** A table that scrolls in its own frame when it is wider than the page; numbers stand to the right. */
export function DataTable({ title, columns, rows }: Props) {
  const { texts } = useChat();
  const frame = useRef<HTMLDivElement>(null);
  const [wide, setWide] = useState(false);
  useEffect(() => {
    const box = frame.current;
    if (!box) return;
    const measure = () => setWide(box.scrollWidth > box.clientWidth + 1);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    return () => observer.disconnect();
  }, []);
  const numeric = columns.map((_, index) => rows.length > 0 && rows.every((row) => NUMBER.test(row[index] ?? "")));
  const focus = wide ? { tabIndex: 0, role: "region" as const, "aria-label": title || texts.scrollTable } : {};
  return (
    <div class="table-wrap" ref={frame} {...focus}>
      <table>
        {title && (
          <caption>
            {title}
            {wide && <span class="quiet-text"> {texts.scrollTable}</span>}
          </caption>
        )}
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
                <td key={column} class={numeric[index] ? "number" : ""}>
                  {row[index] ?? ""}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
