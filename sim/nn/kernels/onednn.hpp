// SPDX-License-Identifier: MIT
// What the kernels on oneDNN share. Primitives are made while OpenMP has one thread, so that no summation order depends
// on the number of threads.
#pragma once

#include <omp.h>

#include <deque>
#include <dnnl.hpp>

#include "sim/nn/kernels/scratch.hpp"

namespace steq::onednn {

using dnnl::memory;

/// Makes oneDNN plan for one thread and keep to it while it lives.
class OneThread {
 public:
  OneThread() : before_(omp_get_max_threads()) { omp_set_num_threads(1); }
  ~OneThread() { omp_set_num_threads(before_); }
  OneThread(const OneThread&) = delete;
  OneThread& operator=(const OneThread&) = delete;

 private:
  int before_;
};

inline const dnnl::engine& engine() {
  static const dnnl::engine cpu(dnnl::engine::kind::cpu, 0);
  return cpu;
}

inline dnnl::primitive_attr own_scratchpad() {
  dnnl::primitive_attr attributes;
  attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);
  return attributes;
}

inline memory::dim dim(std::size_t x) { return static_cast<memory::dim>(x); }
inline std::size_t floats(const memory::desc& d) { return (d.get_size() + sizeof(float) - 1) / sizeof(float); }
inline memory bind(const memory::desc& d, const float* data) { return {d, engine(), const_cast<float*>(data)}; }
inline memory::desc desc(const memory::dims& dims, memory::format_tag tag) {
  return {dims, memory::data_type::f32, tag};
}
inline dnnl::stream& stream() {
  thread_local dnnl::stream of_thread(engine());
  return of_thread;
}
inline memory bind_scratch(const memory::desc& d) { return bind(d, scratch<float>(Use::workspace, floats(d))); }
inline dnnl::reorder reorder(const memory::desc& from, const memory::desc& to, bool add = false) {
  const OneThread one;
  dnnl::primitive_attr attributes;
  dnnl::post_ops sum;
  if (add) sum.append_sum();
  attributes.set_post_ops(sum);
  return {dnnl::reorder::primitive_desc(engine(), from, engine(), to, attributes)};
}

/// Weights in the layouts that primitives ask for, each layout once.
class PackedWeights {
 public:
  /// The place of that layout; it stays where it is.
  const float* reserve(const memory::desc& plain, const memory::desc& packed, bool training) {
    for (Layout& layout : layouts_)
      if (layout.desc == packed) {
        layout.training = layout.training || training;
        return layout.data.data();
      }
    layouts_.push_back({packed, reorder(plain, packed), Buffer<float>(floats(packed)), training});
    return layouts_.back().data.data();
  }

  /// Fills the layouts of training, or all of them.
  void pack(const memory::desc& plain, const float* weights, bool training_only) {
    const OneThread one;
    for (Layout& layout : layouts_) {
      if (training_only && !layout.training) continue;
      memory from = bind(plain, weights), to = bind(layout.desc, layout.data.data());
      layout.pack.execute(stream(), from, to);
    }
  }

 private:
  struct Layout {
    memory::desc desc;
    dnnl::reorder pack;
    Buffer<float> data;
    bool training;
  };
  std::deque<Layout> layouts_;
};

}  // namespace steq::onednn
