function think(db, args, env) {
  env.python.bind("Think", args, ["thought"]);
  return "";
}
