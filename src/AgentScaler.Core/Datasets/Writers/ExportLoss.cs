namespace AgentScaler.Datasets.Writers;

/// <summary>What a format could not carry, for one reason.</summary>
/// <param name="File">The file that lacks it.</param>
/// <param name="Reason">One of <see cref="ExportReasons"/>.</param>
/// <param name="Effect">Whether rows are missing or parts of rows.</param>
/// <param name="Count">How many.</param>
/// <param name="First">The first of them, at most <see cref="ExportLosses.Listed"/>, in the order of the dataset.</param>
public sealed record ExportLoss(string File, string Reason, ExportEffect Effect, long Count, IReadOnlyList<LostPlace> First);
