/** Draws charts with ECharts: only the parts that are used, in the page's own colours, without any HTML of its own. */

import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { type EChartsCoreOption, init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import type { ChartWidget } from "../widgets";

use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);

const SERIES_COLOURS = ["--chart-1", "--chart-2", "--chart-3", "--chart-4"];
const SYMBOLS = ["circle", "rect", "triangle", "diamond"];

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** What ECharts is told; series differ by shape as well as by colour. */
export function chartOption(widget: ChartWidget, size: number): EChartsCoreOption {
  const letters = { color: colour("--text-quiet"), fontSize: size };
  const several = widget.series.length > 1;
  return {
    animation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    color: SERIES_COLOURS.map(colour),
    grid: { left: 8, right: 16, top: several ? size * 3 : size * 1.5, bottom: 8, containLabel: true },
    legend: { show: several, top: 0, left: 0, textStyle: { ...letters, color: colour("--text") } },
    // richText draws on the canvas; the HTML tooltip would write style attributes, which the policy forbids.
    tooltip: { trigger: "axis", renderMode: "richText", confine: true },
    xAxis: {
      type: "category",
      data: widget.x,
      axisLabel: { ...letters, hideOverlap: true },
      axisLine: { lineStyle: { color: colour("--line-strong") } },
      axisTick: { show: false },
    },
    yAxis: {
      type: "value",
      scale: widget.kind === "line",
      axisLabel: letters,
      splitLine: { lineStyle: { color: colour("--line") } },
    },
    series: widget.series.map((series, index) => ({
      name: series.name,
      type: widget.kind,
      data: series.values,
      symbol: SYMBOLS[index % SYMBOLS.length],
      symbolSize: size / 2,
      lineStyle: { width: 2.5, type: index % 2 === 0 ? "solid" : "dashed" },
      barMaxWidth: 36,
    })),
  };
}

/** Draw into `box`, follow its size and the page's colours; returns what takes the chart away. */
export function draw(box: HTMLElement, widget: ChartWidget): () => void {
  const chart = init(box);
  const paint = () => {
    const size = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) * 0.8;
    chart.setOption(chartOption(widget, size), true);
  };
  paint();
  const observer = new ResizeObserver(() => chart.resize());
  observer.observe(box);
  const system = matchMedia("(prefers-color-scheme: dark)");
  document.addEventListener("wz-settings", paint);
  system.addEventListener("change", paint);
  return () => {
    observer.disconnect();
    document.removeEventListener("wz-settings", paint);
    system.removeEventListener("change", paint);
    chart.dispose();
  };
}
