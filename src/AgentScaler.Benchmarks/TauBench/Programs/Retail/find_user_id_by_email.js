function find_user_id_by_email(db, args, env) {
  const py = env.python;
  const { email } = py.bind("FindUserIdByEmail", args, ["email"]);
  const [found] = db.users.keysBy(["email"], py.lower(email), "lower");
  if (found === undefined) throw env.error("not_found", "user not found");
  return found;
}
