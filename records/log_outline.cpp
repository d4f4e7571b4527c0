// SPDX-License-Identifier: MIT
#include "records/log_outline.hpp"

#include <fmt/format.h>

#include "sim/core/errors.hpp"

namespace steq {
namespace {

using Names = std::vector<std::string>;

/// An open group and its path, "" for the root.
struct Group {
  Hdf5Handle handle;
  std::string path;

  bool has(const char* name) const { return H5Lexists(handle.id(), name, H5P_DEFAULT) > 0; }
  bool is_tensor() const { return has("initial_levels") || has("change_points"); }
};

struct Link {
  std::string name;
  H5L_type_t type;
};

class Outline {
 public:
  Outline(const std::string& path, Names& remarks) : path_(path), remarks_(remarks) {}

  /// visit(group) for every group in this one.
  template <class Visit>
  void each_group(const Group& parent, const Visit& visit) {
    for (const Link& link : links_of(parent)) {
      const std::string path = parent.path + "/" + link.name;
      if (link.type == H5L_TYPE_EXTERNAL) {
        remarks_.push_back(fmt::format("{}: {} lies in another file, and is left out", path_, path));
        continue;
      }
      Hdf5Handle object(H5Oopen(parent.handle.id(), link.name.c_str(), H5P_DEFAULT), H5Oclose);
      if (!object && link.type == H5L_TYPE_HARD)
        remarks_.push_back(fmt::format("{}: {} cannot be opened ({}), and is left out", path_, path, hdf5_reason()));
      if (object && H5Iget_type(object.id()) == H5I_GROUP) visit(Group{std::move(object), path});
    }
  }

  /// Throws InputError where a tensor stands below this group.
  void refuse_tensors_in(const Group& group, const std::string& why) {
    each_group(group, [&](const Group& below) {
      if (below.is_tensor()) throw InputError(path_, fmt::format("{} holds change points, {}", below.path, why));
    });
  }

  Names tensors_of(const Group& learner) {
    Names tensors;
    each_group(learner, [&](const Group& group) {
      if (group.is_tensor())
        tensors.push_back(group.path.substr(learner.path.size() + 1));
      else
        refuse_tensors_in(group,
                          "one group too deep; allowed: /LEARNER/TENSOR, with a dot for each slash in the names of "
                          "Flax and Keras, as Conv_0.kernel");
    });
    return tensors;
  }

 private:
  /// In alphabetical order, by one pass: HDF5 1.10 finds the n-th link by counting.
  std::vector<Link> links_of(const Group& group) const {
    std::vector<Link> links;
    const auto add = [](hid_t, const char* name, const H5L_info_t* info, void* all) -> herr_t {
      static_cast<std::vector<Link>*>(all)->push_back({name, info->type});
      return 0;
    };
    if (H5Literate(group.handle.id(), H5_INDEX_NAME, H5_ITER_INC, nullptr, add, &links) < 0)
      throw InputError(path_, fmt::format("cannot read {}/: {}", group.path, hdf5_reason()));
    return links;
  }

  const std::string& path_;
  Names& remarks_;
};

}  // namespace

std::map<std::string, Names> log_outline(const Hdf5Handle& file, const std::string& path, Names& remarks) {
  std::map<std::string, Names> tensors;
  Outline outline(path, remarks);
  const Group root{{H5Gopen2(file.id(), "/", H5P_DEFAULT), H5Gclose}, ""};
  if (!root.handle) throw InputError(path, "damaged: " + hdf5_reason());
  outline.each_group(root, [&](const Group& group) {
    if (group.is_tensor())
      throw InputError(path, fmt::format("{} holds change points, without a group for its learner; allowed: "
                                         "/LEARNER/TENSOR, as /ste{}",
                                         group.path, group.path));
    if (Names found = outline.tensors_of(group); !found.empty()) tensors[group.path.substr(1)] = std::move(found);
  });
  return tensors;
}

}  // namespace steq
