// The zip is compared first, being cheapest; unless a name is no text, in which case it depends on the rows whether that raises.
function find_user_id_by_name_zip(db, args, env) {
  const py = env.python;
  const { first_name, last_name, zip } = py.bind("FindUserIdByNameZip", args, ["first_name", "last_name", "zip"]);
  const texts = typeof first_name === "string" && typeof last_name === "string";
  const found = db.users.findKey(({ name, address }) =>
    (!texts || py.equal(address.zip, zip))
    && py.lower(name.first_name) === py.lower(first_name)
    && py.lower(name.last_name) === py.lower(last_name)
    && py.equal(address.zip, zip));
  if (found === undefined) throw env.error("not_found", "user not found");
  return found;
}
