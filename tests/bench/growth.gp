# SPDX-License-Identifier: MIT
# gnuplot -c growth.gp TABLE FIGURE: the cost against each quantity of growth.py's table.
set terminal svg size 900,900 font "sans,12" background "white"
set output ARG2
set datafile separator ","
set multiplot layout 3,2
set key left top reverse Left width -2 opaque
set ylabel "ms a step"
scale = "as the operations"
set offsets graph 0.05, graph 0.05, graph 0.1, graph 0.1
set logscale xy 2
do for [quantity in "batch width learners bits 'change points' heap"] {
  set xlabel quantity eq "heap" ? "change points" : quantity
  of(x) = strcol(1) eq quantity ? x : NaN
  if (quantity eq "bits") { unset logscale y; set yrange [0:*]; set offsets graph 0.05, graph 0.05, graph 0.1, 0; set key bottom }
  if (quantity eq "change points") {
    set logscale xy 10; set yrange [*:*]; set format x "10^{%L}"; set key top
    set offsets graph 0.05, graph 0.05, graph 0.1, graph 0.1; set ylabel "ms, all metrics"
    scale = "as the change points"
  }
  if (quantity eq "heap") { set ylabel "MiB beside the logs" }
  plot ARG1 using (of($2)):6 every ::1 with lines dashtype 2 linecolor "gray50" title scale, \
       ARG1 using (of($2)):3:4:5 every ::1 with yerrorlines pointtype 7 linecolor "#1f5fa8" title "measured"
}
unset multiplot
