using System.Text.Json;
using AgentScaler.Benchmarks.TauBench;
using AgentScaler.Environments.Engine;

namespace AgentScaler.Benchmarks.Tests.TauBench;

public sealed class RetailProgramTests : IDisposable
{
    private readonly MiniShop shop = new();

    public void Dispose() => shop.Dispose();

    [Theory]
    [InlineData("get_user_details", """{"user_id":"bob"}""", "Error: user not found")]
    [InlineData("get_user_details", """{"user_id":["ann_1"]}""", "Error: unhashable type: 'list'")]
    [InlineData("get_user_details", """{}""", "Error: GetUserDetails.invoke() missing 1 required positional argument: 'user_id'")]
    [InlineData("find_user_id_by_email", """{"email":"ANN@EXAMPLE.COM"}""", "ann_1")]
    [InlineData("find_user_id_by_name_zip", """{"first_name":"ann","last_name":"LEE","zip":"10001"}""", "ann_1")]
    [InlineData("find_user_id_by_name_zip", """{"first_name":"ann","last_name":"LEE","zip":10001}""", "Error: user not found")]
    [InlineData("find_user_id_by_name_zip", """{"first_name":"bob","last_name":null,"zip":""}""", "Error: user not found")]
    [InlineData("find_user_id_by_name_zip", """{"first_name":"ann","last_name":null,"zip":""}""", "Error: 'NoneType' object has no attribute 'lower'")]
    [InlineData("list_all_product_types", "{}", """{"Lamp": "70"}""")]
    [InlineData("get_product_details", """{"product_id":"70"}""",
        """{"name": "Lamp", "product_id": "70", "variants": {"9": {"item_id": "9", "options": {"2": "b", "1": "a"}, "available": true, "price": 10.5}, "10": {"item_id": "10", "options": {"shade": "\u00e9"}, "available": true, "price": 8.0}, "8": {"item_id": "8", "options": {}, "available": false, "price": 1.0}}}""")]
    [InlineData("get_product_details", """{"product_id":70}""", "Error: product not found")]
    [InlineData("no_such_tool", "{}", "Unknown action no_such_tool")]
    [InlineData("calculate", """{"expression":"0.125"}""", "0.12")]
    [InlineData("calculate", """{"expression":[]}""", "Error: eval() arg 1 must be a string, bytes or code object")]
    [InlineData("think", """{"thought":"hm"}""", "")]
    [InlineData("transfer_to_human_agents", """{"summary":"s"}""", "Transfer successful")]
    [InlineData("cancel_pending_order", """{"order_id":"#W2","reason":"no longer needed"}""", "Error: non-pending order cannot be cancelled")]
    [InlineData("cancel_pending_order", """{"order_id":"#W1","reason":"bored"}""", "Error: invalid reason")]
    [InlineData("modify_pending_order_items", """{"order_id":"#W1","item_ids":["9","9"],"new_item_ids":["10","10"],"payment_method_id":"paypal_1"}""", "Error: 9 not found")]
    [InlineData("modify_pending_order_items", """{"order_id":"#W1","item_ids":["9"],"new_item_ids":[10.0],"payment_method_id":"paypal_1"}""", "Error: new item 10.0 not found or available")]
    [InlineData("modify_pending_order_items", """{"order_id":"#W1","item_ids":["9"],"new_item_ids":["8"],"payment_method_id":"paypal_1"}""", "Error: new item 8 not found or available")]
    [InlineData("modify_pending_order_items", """{"order_id":"#W1","item_ids":["9"],"new_item_ids":[],"payment_method_id":"paypal_1"}""", "Error: the number of items to be exchanged should match")]
    [InlineData("modify_pending_order_payment", """{"order_id":"#W1","payment_method_id":"gift_card_1"}""", "Error: the new payment method should be different from the current one")]
    [InlineData("return_delivered_order_items", """{"order_id":"#W2","item_ids":["8"],"payment_method_id":"paypal_1"}""", "Error: some item not found")]
    public void Call_Answer_IsTheBenchmarksText(string tool, string arguments, string observation) =>
        Assert.Equal(observation, Call(shop.Load().Open(), tool, arguments));

    [Fact]
    public void CancelPendingOrder_PaidByGiftCard_RefundsAtOnce() => Changes(
        """{"order_id":"#W1","reason":"no longer needed"}""",
        "cancel_pending_order",
        """/orders/#W1/cancel_reason:  -> no longer needed""",
        """/orders/#W1/payment_history/1:  -> {"transaction_type": "refund", "amount": 10.5, "payment_method_id": "gift_card_1"}""",
        "/orders/#W1/status: pending -> cancelled",
        "/users/ann_1/payment_methods/gift_card_1/balance: 5 -> 15.5");

    [Fact]
    public void ModifyPendingOrderItems_CheaperItem_RefundsTheDifference() => Changes(
        """{"order_id":"#W1","item_ids":["9"],"new_item_ids":["10"],"payment_method_id":"gift_card_1"}""",
        "modify_pending_order_items",
        "/orders/#W1/items/0/item_id: 9 -> 10",
        "/orders/#W1/items/0/options/1: a -> ",
        "/orders/#W1/items/0/options/2: b -> ",
        "/orders/#W1/items/0/options/shade:  -> é",
        "/orders/#W1/items/0/price: 10.5 -> 8.0",
        """/orders/#W1/payment_history/1:  -> {"transaction_type": "refund", "amount": 2.5, "payment_method_id": "gift_card_1"}""",
        "/orders/#W1/status: pending -> pending (item modified)",
        "/users/ann_1/payment_methods/gift_card_1/balance: 5 -> 7.5");

    [Fact]
    public void ExchangeDeliveredOrderItems_NoItems_KeepsTheDifferenceAnInt() => Changes(
        """{"order_id":"#W2","item_ids":[],"new_item_ids":[],"payment_method_id":"paypal_1"}""",
        "exchange_delivered_order_items",
        "/orders/#W2/exchange_items:  -> []",
        "/orders/#W2/exchange_new_items:  -> []",
        "/orders/#W2/exchange_payment_method_id:  -> paypal_1",
        "/orders/#W2/exchange_price_difference:  -> 0",
        "/orders/#W2/status: delivered -> exchange requested");

    [Fact]
    public void ModifyPendingOrderPayment_FromGiftCard_ReturnsTheAmount() => Changes(
        """{"order_id":"#W1","payment_method_id":"paypal_1"}""",
        "modify_pending_order_payment",
        """/orders/#W1/payment_history/1:  -> {"transaction_type": "payment", "amount": 10.5, "payment_method_id": "paypal_1"}""",
        """/orders/#W1/payment_history/2:  -> {"transaction_type": "refund", "amount": 10.5, "payment_method_id": "gift_card_1"}""",
        "/users/ann_1/payment_methods/gift_card_1/balance: 5 -> 15.5");

    [Fact]
    public void Package_ItsTools_AreDeclaredReadsOrWrites() =>
        Assert.Equal(7, TauBenchPackage.Read(shop.Data).Tools.Count(tool => tool.Writes));

    private void Changes(string arguments, string tool, params string[] differences)
    {
        var session = shop.Load().Open();

        Assert.DoesNotContain("Error", Call(session, tool, arguments), StringComparison.Ordinal);
        Assert.Equal(differences, session.Differences.Select(difference => $"{difference.Path}: {difference.Before} -> {difference.After}"));
    }

    private static string Call(EnvironmentSession session, string tool, string arguments)
    {
        var action = new TauBenchAction(tool, JsonElement.Parse(arguments));
        return Observation.Of(action, session.Call(tool, action.Arguments));
    }
}
