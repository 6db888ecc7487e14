function find_user_id_by_email(db, args, env) {
  const py = env.python;
  const { email } = py.bind("FindUserIdByEmail", args, ["email"]);
  let wanted;
  const found = db.users.findKey((user) => py.lower(user.email) === (wanted ??= py.lower(email)));
  if (found === undefined) throw env.error("not_found", "user not found");
  return found;
}
