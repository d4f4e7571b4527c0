// SPDX-License-Identifier: MIT
// The kinds of keys: plain values, plug-ins, and objects with keys of their own.
#pragma once

#include "experiments/config/key.hpp"

namespace steq {

/// From a checked value to the member that holds it, and back.
template <class Member>
void assign(Member& member, const Value& value) {
  if constexpr (std::is_integral_v<Member> && !std::is_same_v<Member, bool>)
    member = static_cast<Member>(std::get<std::int64_t>(value));
  else
    member = std::get<Member>(value);
}
template <class Member>
void assign(std::optional<Member>& member, const Value& value) {
  assign(member.emplace(), value);
}
template <class Member>
std::optional<Json> written(const Member& member) {
  return Json(member);
}
inline std::optional<Json> written(double member) { return to_json(member); }
template <class Member>
std::optional<Json> written(const std::optional<Member>& member) {
  return member ? written(*member) : std::nullopt;
}

template <class Owner, class Member>
std::function<void(const Owner&, Owner&)> copier(Member Owner::*member) {
  return [member](const Owner& from, Owner& to) { to.*member = from.*member; };
}

/// A plain value. Without a default it is required, unless the member is optional: then it may be left out.
template <class Owner, class Member>
Key<Owner> value_key(const ParameterInfo& info, Member Owner::*member) {
  constexpr bool optional = requires(Member m) { m.has_value(); };
  const bool required = !info.fallback && !optional;
  KeyInfo declared = key_info(info);
  declared.required = required;
  return {.info = std::move(declared),
          .read =
              [info, member, required](const ConfigNode& object, Owner& owner) {
                if (!required && !info.fallback && !object.has(info.name)) return;
                if (const auto value = read_value(object, info)) assign(owner.*member, *value);
              },
          .write =
              [name = info.name, member](const Owner& owner, Json& object) {
                if (const auto json = written(owner.*member)) object[name] = *json;
              },
          .copy = copier(member)};
}

/// What is said of a key whose value is no plain one.
struct KeyHead {
  std::string name, meaning;
  Json fallback = nullptr;  ///< null: required
  std::vector<Alias> aliases = {};
};

/// The value at the key, or the fallback.
inline ConfigNode value_or(const ConfigNode& object, const KeyHead& head) {
  ConfigNode node = object.at(head.name);
  if (!object.has(head.name)) node.json = head.fallback;
  return node;
}

/// A plug-in with nothing beside its parameters; written as its name where none of its kind has any.
template <class Owner>
Key<Owner> plugin_key(const KeyHead& head, const Catalogue& plugins, Spec Owner::*member) {
  return {.info = {.name = head.name,
                   .meaning = head.meaning,
                   .allowed = names_of(plugins),
                   .fallback = head.fallback,
                   .required = head.fallback.is_null(),
                   .aliases = head.aliases,
                   .name_key = "type",
                   .plugins = plugins},
          .read = [head, plugins, member](
                      const ConfigNode& object,
                      Owner& owner) { owner.*member = read_plugin(value_or(object, head), "type", plugins); },
          .write =
              [name = head.name, alone = without_parameters(plugins), member](const Owner& owner, Json& object) {
                object[name] = alone ? Json((owner.*member).name) : to_json(owner.*member, "type");
              },
          .copy = copier(member)};
}

/// An object with keys of its own.
template <class Owner, class Section>
Key<Owner> section_key(const KeyHead& head, const KeyTable<Section>& table, Section Owner::*member) {
  return {.info = {.name = head.name,
                   .meaning = head.meaning,
                   .allowed = table.plugins ? names_of(*table.plugins) : "an object",
                   .fallback = head.fallback,
                   .required = head.fallback.is_null(),
                   .aliases = head.aliases,
                   .name_key = table.name_key,
                   .plugins = table.plugins,
                   .keys = infos(table)},
          .read = [head, &table, member](const ConfigNode& object,
                                         Owner& owner) { read_table(value_or(object, head), table, owner.*member); },
          .write = [name = head.name, &table, member](
                       const Owner& owner, Json& object) { object[name] = write_table(table, owner.*member); },
          .copy = copier(member)};
}

/// The key of a member, as a key of its owner.
template <class Owner, class Member, class Access>
Key<Owner> lifted(const Key<Member>& key, const Access& access) {
  return {.info = key.info,
          .read = [read = key.read, access](const ConfigNode& object, Owner& owner) { read(object, access(owner)); },
          .write = [write = key.write, access](const Owner& owner, Json& object) { write(access(owner), object); },
          .copy = [copy = key.copy, access](const Owner& from, Owner& to) { copy(access(from), access(to)); }};
}

/// The key, left out of what is written where `when` is false.
template <class Owner>
Key<Owner> written_when(Key<Owner> key, const std::function<bool(const Owner&)>& when) {
  key.write = [when, write = key.write](const Owner& owner, Json& object) {
    if (when(owner)) write(owner, object);
  };
  return key;
}

/// The key, which `like` does not copy.
template <class Owner>
Key<Owner> not_copied(Key<Owner> key) {
  key.copy = nullptr;
  return key;
}

/// The key, which makes a pair of learners that differ in it alone a control of that kind.
template <class Owner>
Key<Owner> control_key(Key<Owner> key, PairKind kind) {
  key.info.control = kind;
  return key;
}

}  // namespace steq
