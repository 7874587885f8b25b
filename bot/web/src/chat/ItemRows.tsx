import type { Row } from "../widgets";

/** Names and values of one card, side by side. */
export function ItemRows({ rows }: { rows: Row[] }) {
  return (
    <dl class="item-rows">
      {rows.map((row) => (
        <div key={row.label}>
          <dt>{row.label}</dt>
          <dd>{row.value}</dd>
        </div>
      ))}
    </dl>
  );
}
