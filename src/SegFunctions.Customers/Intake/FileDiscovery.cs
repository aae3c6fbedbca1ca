using SegFunctions.Customers.Intake.Datasets;

namespace SegFunctions.Customers.Intake;

/// <summary>What is known of a file once it has been read.</summary>
/// <param name="Sha256">Of its bytes, lower-case hexadecimal.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="ErasedRows">Rows of people who asked to be forgotten: the file must not be kept.</param>
public sealed record FileDiscovery(Dataset Dataset, string Sha256, long Bytes, long ErasedRows);
