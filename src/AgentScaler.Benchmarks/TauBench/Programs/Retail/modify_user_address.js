function modify_user_address(db, args, env) {
  const py = env.python;
  const { user_id, address1, address2, city, state, country, zip } = py.bind(
    "ModifyUserAddress", args, ["user_id", "address1", "address2", "city", "state", "country", "zip"]);
  if (!py.lookup(db.users, user_id)) throw env.error("not_found", "user not found");
  return db.users.update(user_id, { address: { address1, address2, city, state, country, zip } });
}
