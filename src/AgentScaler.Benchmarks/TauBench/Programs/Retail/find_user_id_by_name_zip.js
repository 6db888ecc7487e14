// A name that is no text raises at the first row whose names come so far, so then every row is looked at.
function find_user_id_by_name_zip(db, args, env) {
  const py = env.python;
  const { first_name, last_name, zip } = py.bind("FindUserIdByNameZip", args, ["first_name", "last_name", "zip"]);
  const fits = ({ name, address }) =>
    py.lower(name.first_name) === py.lower(first_name) && py.lower(name.last_name) === py.lower(last_name) && py.equal(address.zip, zip);
  const found = typeof first_name === "string" && typeof last_name === "string"
    ? db.users.keysBy(["name", "last_name"], py.lower(last_name), "lower").find((key) => fits(db.users.get(key)))
    : db.users.findKey(fits);
  if (found === undefined) throw env.error("not_found", "user not found");
  return found;
}
