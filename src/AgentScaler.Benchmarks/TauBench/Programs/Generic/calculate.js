function calculate(db, args, env) {
  const { expression } = env.python.bind("Calculate", args, ["expression"]);
  return env.python.calculate(expression);
}
