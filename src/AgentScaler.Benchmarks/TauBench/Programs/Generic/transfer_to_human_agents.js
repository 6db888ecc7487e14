function transfer_to_human_agents(db, args, env) {
  env.python.bind("TransferToHumanAgents", args, ["summary"]);
  return "Transfer successful";
}
