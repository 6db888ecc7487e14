// The refund goes to a gift card at once; the order's own history lists it in any case.
function cancel_pending_order(db, args, env) {
  const py = env.python;
  const { order_id, reason } = py.bind("CancelPendingOrder", args, ["order_id", "reason"]);
  const order = py.lookup(db.orders, order_id);
  if (!order) throw env.error("not_found", "order not found");
  if (order.status !== "pending") throw env.error("not_allowed", "non-pending order cannot be cancelled");
  if (reason !== "no longer needed" && reason !== "ordered by mistake") throw env.error("invalid", "invalid reason");

  const refunds = [];
  for (const { amount, payment_method_id } of order.payment_history) {
    refunds.push({ transaction_type: "refund", amount, payment_method_id });
    if (py.has(payment_method_id, "gift_card")) {
      const methods = db.users.get(order.user_id).payment_methods;
      const card = py.item(methods, payment_method_id);
      const balance = py.round(py.add(card.balance, amount), 2);
      db.users.update(order.user_id, { payment_methods: py.assigned(methods, payment_method_id, { ...card, balance }) });
    }
  }

  return db.orders.update(order_id, { status: "cancelled", cancel_reason: reason, payment_history: [...order.payment_history, ...refunds] });
}
