// SPDX-License-Identifier: MIT
#include "theory/bounds/pair_bounds.hpp"

#include <algorithm>

#include "sim/core/parallel.hpp"
#include "theory/passing_gradient.hpp"

namespace steq {
namespace {

constexpr Step kRecords = 200;

/// A block of weights in double, on the stack.
class BlockCopy {
 public:
  template <class T>
  explicit BlockCopy(std::span<const T> values) : size_(values.size()) {
    std::copy(values.begin(), values.end(), values_.begin());
  }
  operator std::span<const double>() const { return std::span(values_).first(size_); }

 private:
  std::array<double, kBlock> values_;
  std::size_t size_;
};

template <class T>
std::vector<double> all_of(std::span<const T> values) {
  return {values.begin(), values.end()};
}

}  // namespace

template <class T>
PairBounds<T>::PairBounds(const std::vector<Learner<T>>& learners, std::size_t a, std::size_t b, Step steps,
                          int threads)
    : learners_(learners),
      a_(a),
      b_(b),
      every_(std::max<Step>(1, (steps + kRecords - 1) / kRecords)),
      threads_(threads) {
  const Optimizer& optimizer = learners[a].optimizer();
  for (std::size_t t = 0; t < learners[a].tensors().size(); ++t) {
    const WeightTensor<T>& tensor = learners[a].tensors()[t];
    if (!tensor.quantized()) continue;
    const TensorTheory theory = tensor_theory(tensor.estimator(), optimizer.scale_invariant());
    const std::vector<double> w_q = all_of(tensor.latent()), w_s = all_of(learners[b].tensors()[t].latent());
    tensors_.push_back({t, TensorBounds(theory, optimizer, w_q, w_s), {}, {}, {}});
    names_ = tensors_.back().bounds.inequalities();
    tensors_.back().all = tensors_.back().recent = std::vector<Tally>(names_.size());
    for (std::size_t block = 0; block < tensors_.back().bounds.blocks(); ++block)
      blocks_.push_back({tensors_.size() - 1, block});
  }
  record();
}

template <class T>
std::span<const T> PairBounds<T>::latent(std::size_t learner, const Tensor& tensor, std::size_t block) const {
  const std::size_t first = block * kBlock, n = std::min(kBlock, tensor.bounds.weights() - first);
  return learners_[learner].tensors()[tensor.index].latent().subspan(first, n);
}

template <class T>
void PairBounds<T>::before_update(const UpdateView<T>& view) {
  if (view.index != a_) return;
  for (Tensor& tensor : tensors_)
    tensor.bounds.begin(view.step, view.learning_rate * learners_[a_].tensors()[tensor.index].rate_factor());
  parallel_for(blocks_.size(), threads_, [&](std::size_t i, int) { feed(blocks_[i], view); });
}

template <class T>
void PairBounds<T>::feed(const BlockAddress& address, const UpdateView<T>& view) {
  Tensor& tensor = tensors_[address.tensor];
  const std::size_t first = address.block * kBlock;
  std::array<double, kBlock> gradient;
  const std::span<double> h = std::span(gradient).first(std::min(kBlock, tensor.bounds.weights() - first));
  passing_gradient<T>(view, tensor.index, first, h);
  tensor.bounds.before_update(address.block, h);
}

template <class T>
void PairBounds<T>::after_step(Step step) {
  step_ = step;
  std::vector<Tally> tallies(blocks_.size() * names_.size());  // [block][inequality]
  parallel_for(blocks_.size(), threads_, [&](std::size_t i, int) {
    Tensor& tensor = tensors_[blocks_[i].tensor];
    const std::size_t block = blocks_[i].block;
    tensor.bounds.after_update(block, BlockCopy(latent(a_, tensor, block)), BlockCopy(latent(b_, tensor, block)),
                               std::span(tallies).subspan(i * names_.size(), names_.size()));
  });
  collect(tallies);
  if (step % every_ == 0) record();
}

template <class T>
void PairBounds<T>::collect(std::span<const Tally> tallies) {
  for (std::size_t k = 0; k < names_.size(); ++k) {
    std::vector<std::vector<Tally>> of_tensor(tensors_.size());
    for (std::size_t i = 0; i < blocks_.size(); ++i)
      of_tensor[blocks_[i].tensor].push_back(tallies[i * names_.size() + k]);
    for (std::size_t t = 0; t < tensors_.size(); ++t) tensors_[t].recent[k].add(merged(of_tensor[t]));
  }
}

template <class T>
void PairBounds<T>::record() {
  for (Tensor& tensor : tensors_) {
    std::vector<double> tightness;
    for (std::size_t k = 0; k < names_.size(); ++k) {
      tightness.push_back(tensor.recent[k].tightness());
      tensor.all[k].add(std::exchange(tensor.recent[k], {}));
    }
    tensor.records.push_back({step_, tensor.bounds.state(), std::move(tightness)});
  }
  recorded_ = step_;
}

template <class T>
void PairBounds<T>::finish() {
  if (recorded_ != step_) record();
}

template <class T>
BoundsResult PairBounds<T>::result() const {
  BoundsResult result;
  for (const std::string& name : names_) result.inequalities.push_back({name, {}, {}});
  for (const Tensor& tensor : tensors_) {
    const WeightTensor<T>& learned = learners_[a_].tensors()[tensor.index];
    for (std::size_t k = 0; k < names_.size(); ++k) {
      Tally tally = tensor.all[k];
      tally.largest_excess /= learned.estimator().grid().delta;
      InequalityResult& inequality = result.inequalities[k];
      if (tally.largest_excess > inequality.tally.largest_excess) inequality.tensor = learned.info().name;
      inequality.tally.add(tally);
    }
    result.tensors.push_back({learned.info().name, tensor.records, tensor.bounds.largest_rounding()});
  }
  return result;
}

template class PairBounds<float>;
template class PairBounds<double>;

}  // namespace steq
