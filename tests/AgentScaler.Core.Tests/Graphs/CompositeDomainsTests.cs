using AgentScaler.Graphs;
using AgentScaler.Tools;

namespace AgentScaler.Core.Tests.Graphs;

public sealed class CompositeDomainsTests
{
    private static readonly Domain Orders = Domain("orders", "shop", "GET /orders/{order_id} get_order(order_id)", "GET /orders list_orders(status)");
    private static readonly Domain Invoices = Domain("invoices", "shop", "GET /invoices/{invoice_id} get_invoice(invoice_id)", "GET /invoices list_invoices(order_id)");
    private static readonly Domain Others = Domain("others", "bank", "GET /transfers/{transfer_id} get_transfer(transfer_id)", "GET /transfers list_transfers(order_id)");
    private static readonly Domain Weather = Domain("weather", "shop", "GET /forecasts list_forecasts(day)");

    [Fact]
    public void Of_TwoDomainsWithTheSameThingsOfAProvider_AreJoined()
    {
        var composite = Assert.Single(CompositeDomains.Of([Invoices, Orders, Others, Weather], new GraphSettings { CompositeShare = 0.5 }, default));

        Assert.Equal(["get_invoice", "get_order", "list_invoices", "list_orders"], composite.Select(tool => tool.Name));
    }

    [Fact]
    public void Of_NoneWanted_JoinsNothing() => Assert.Empty(CompositeDomains.Of([Invoices, Orders], new GraphSettings(), default));

    [Fact]
    public void Of_TooManyToolsTogether_JoinsNothing() =>
        Assert.Empty(CompositeDomains.Of([Invoices, Orders], new GraphSettings { CompositeShare = 0.5, MaximumTools = 1 }, default));

    [Fact]
    public void Of_ThreeThatShareAThing_UseEachDomainOnce()
    {
        var payments = Domain("payments", "shop", "GET /payments/{payment_id} get_payment(payment_id)", "GET /payments list_payments(order_id, invoice_id)");

        var composites = CompositeDomains.Of([Invoices, Orders, payments], new GraphSettings { CompositeShare = 0.5 }, default);

        var tools = composites.SelectMany(composite => composite).Select(tool => tool.Name).ToList();
        Assert.NotEmpty(tools);
        Assert.Distinct(tools);
    }

    private static Domain Domain(string name, string provider, params string[] lines)
    {
        ToolSpec[] tools = [.. lines.Select(line => TestTools.Tool(line, """{"type":"object","properties":{"id":{"type":"string"},"order_id":{"type":"string"}}}""", provider)).OrderBy(tool => tool.Name, StringComparer.Ordinal)];
        return new Domain { Id = "domain-" + name, Name = name, Tools = tools, Dependencies = [] };
    }
}
