function find_user_id_by_name_zip(db, args, env) {
  const py = env.python;
  const { first_name, last_name, zip } = py.bind("FindUserIdByNameZip", args, ["first_name", "last_name", "zip"]);
  let first;
  const found = db.users.findKey(({ name, address }) =>
    name.first_name.toLowerCase() === (first ??= py.lower(first_name))
    && name.last_name.toLowerCase() === py.lower(last_name)
    && py.equal(address.zip, zip));
  if (found === undefined) throw env.error("not_found", "user not found");
  return found;
}
