import type { ReplyButton } from "../frames";
import type { CalculationWidget, Card, CardsWidget, SignInWidget, TableWidget, Widget } from "../widgets";
import { Chart } from "./Chart";
import { useChat } from "./context";
import { DataTable } from "./DataTable";
import { ItemRows } from "./ItemRows";
import { Icon } from "./icons";
import { RichText } from "./RichText";

interface Offers {
  /** Whether this is the latest answer, so that its offers still make sense. */
  current: boolean;
  onSay: (text: string) => void;
}

/** The lead and the widget of a reply. */
export function WidgetView({ widget, signedIn, ...offers }: { widget: Widget; signedIn: boolean } & Offers) {
  return (
    <>
      {widget.lead && <RichText text={widget.lead} />}
      <WidgetBody widget={widget} signedIn={signedIn} {...offers} />
    </>
  );
}

function WidgetBody({ widget, signedIn, ...offers }: { widget: Widget; signedIn: boolean } & Offers) {
  switch (widget.type) {
    case "cards":
      return <Cards widget={widget} {...offers} />;
    case "table":
      return <TableView widget={widget} {...offers} />;
    case "chart":
      return <Chart widget={widget} />;
    case "calculation":
      return <Calculation widget={widget} />;
    case "sign_in":
      return <SignIn widget={widget} signedIn={signedIn} />;
  }
}

function More({ more, current, onSay }: { more: ReplyButton | undefined } & Offers) {
  if (!more || !current) return null;
  return (
    <button type="button" class="button secondary" onClick={() => onSay(more.payload)}>
      {more.title}
    </button>
  );
}

function Cards({ widget, ...offers }: { widget: CardsWidget } & Offers) {
  const { texts } = useChat();
  return (
    <div class="widget">
      {widget.title && <p class="widget-title">{widget.title}</p>}
      <ul class="items">
        {widget.items.map((card) => (
          <CardView key={`${card.title} ${card.subtitle}`} card={card} />
        ))}
      </ul>
      <div class="widget-foot">
        {widget.total > widget.items.length && (
          <span class="quiet-text">{texts.shown(widget.items.length, widget.total)}</span>
        )}
        <More more={widget.more} {...offers} />
      </div>
    </div>
  );
}

function CardView({ card }: { card: Card }) {
  return (
    <li class="item">
      <p class="item-title">{card.title}</p>
      {card.subtitle && <p class="item-subtitle">{card.subtitle}</p>}
      {card.rows.length > 0 && <ItemRows rows={card.rows} />}
      {card.note && <p class="item-note">{card.note}</p>}
    </li>
  );
}

/** Where a figure comes from and how old it is. */
export function Origin({ source, asOf }: { source: string; asOf: string }) {
  const { texts } = useChat();
  const parts = [source && texts.source(source), asOf && texts.asOf(asOf)].filter(Boolean);
  return parts.length > 0 ? <p class="origin">{parts.join("　")}</p> : null;
}

function TableView({ widget, ...offers }: { widget: TableWidget } & Offers) {
  return (
    <div class="widget">
      <DataTable title={widget.title} columns={widget.columns} rows={widget.rows} />
      <Origin source={widget.source} asOf={widget.asOf} />
      <div class="widget-foot">
        <More more={widget.more} {...offers} />
      </div>
    </div>
  );
}

function Calculation({ widget }: { widget: CalculationWidget }) {
  const { texts } = useChat();
  const { title, number, article } = widget.source;
  const rule = [title, number, article].filter(Boolean).join(" ");
  return (
    <div class="widget calculation">
      {widget.title && <p class="widget-title">{widget.title}</p>}
      <ol class="steps">
        {widget.steps.map((step) => (
          <li key={step.label}>
            <span class="step-label">{step.label}</span>
            <span class="step-amount">{step.amount}</span>
            {step.formula && <span class="step-formula">{step.formula}</span>}
          </li>
        ))}
      </ol>
      <p class="result">
        <span>{widget.result.label}</span>
        <strong>{widget.result.amount}</strong>
      </p>
      {rule && <p class="origin">{texts.rule(rule)}</p>}
      {widget.note && <p class="item-note">{widget.note}</p>}
    </div>
  );
}

function SignIn({ widget, signedIn }: { widget: SignInWidget; signedIn: boolean }) {
  const { texts, place } = useChat();
  // Inside another site's frame the sign-in page must show its own address, so it gets a tab of its own.
  const own = place === "embed" ? { target: "_blank", rel: "noopener" } : {};
  return (
    <div class="widget sign-in">
      {widget.why && widget.why !== widget.lead && <p>{widget.why}</p>}
      {signedIn ? (
        <p class="done">
          <Icon name="check" /> {texts.signInDone}
        </p>
      ) : (
        <a class="button" href={widget.url} {...own}>
          <Icon name="lock" />
          {widget.title || texts.signIn}
          {place === "embed" && <span class="visually-hidden">{texts.newTab}</span>}
        </a>
      )}
    </div>
  );
}
