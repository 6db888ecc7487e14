function modify_pending_order_payment(db, args, env) {
  const py = env.python;
  const { order_id, payment_method_id } = py.bind("ModifyPendingOrderPayment", args, ["order_id", "payment_method_id"]);
  const order = py.lookup(db.orders, order_id);
  if (!order) throw env.error("not_found", "order not found");
  if (order.status !== "pending") throw env.error("not_allowed", "non-pending order cannot be modified");
  let methods = db.users.get(order.user_id).payment_methods;
  if (!py.has(methods, payment_method_id)) throw env.error("not_found", "payment method not found");
  if (order.payment_history.length > 1 || py.item(order.payment_history, 0).transaction_type !== "payment") {
    throw env.error("not_allowed", "there should be exactly one payment for a pending order");
  }

  const { amount, payment_method_id: former } = order.payment_history[0];
  if (former === payment_method_id) throw env.error("not_allowed", "the new payment method should be different from the current one");
  const method = py.item(methods, payment_method_id);
  if (method.source === "gift_card") {
    if (py.less(method.balance, amount)) throw env.error("not_allowed", "insufficient gift card balance to pay for the order");
    methods = py.assigned(methods, payment_method_id, { ...method, balance: py.round(py.subtract(method.balance, amount), 2) });
  }

  if (py.has(former, "gift_card")) {
    const card = py.item(methods, former);
    methods = py.assigned(methods, former, { ...card, balance: py.round(py.add(card.balance, amount), 2) });
  }

  db.users.update(order.user_id, { payment_methods: methods });
  return db.orders.update(order_id, {
    payment_history: [
      ...order.payment_history,
      { transaction_type: "payment", amount, payment_method_id },
      { transaction_type: "refund", amount, payment_method_id: former },
    ],
  });
}
