# SPDX-License-Identifier: MIT
# gnuplot -c growth.gp TABLE FIGURE: the cost of a step against each quantity of growth.py's table.
set terminal svg size 900,640 font "sans,12" background "white"
set output ARG2
set datafile separator ","
set multiplot layout 2,2
set key left top reverse Left
set ylabel "ms a step"
set offsets graph 0.05, graph 0.05, graph 0.1, graph 0.1
set logscale xy 2
do for [quantity in "batch width learners bits"] {
  set xlabel quantity
  of(x) = strcol(1) eq quantity ? x : NaN
  if (quantity eq "bits") { unset logscale y; set yrange [0:*] }
  plot ARG1 using (of($2)):6 every ::1 with lines dashtype 2 linecolor "gray50" title "as the operations", \
       ARG1 using (of($2)):3:4:5 every ::1 with yerrorlines pointtype 7 linecolor "#1f5fa8" title "measured"
}
unset multiplot
