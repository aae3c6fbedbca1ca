using SegFunctions.Customers.Intake.Mapping;
using SegFunctions.Customers.Privacy;

namespace SegFunctions.Customers.Intake.Reading;

/// <summary>The keys of a file's customers and visitors, which all workers share.</summary>
internal sealed class CustomerKeyCaches(CustomerKeyDerivation keys, UploadMapping mapping, ErasedCustomers erased) : IDisposable
{
    public CustomerKeyCache Customers { get; } = new(keys, mapping.Source ?? CustomerKeyDerivation.DefaultNamespace, erased);

    public CustomerKeyCache Visitors { get; } = new(keys, VisitorIds.Namespace, erased);

    public void Dispose()
    {
        Customers.Dispose();
        Visitors.Dispose();
    }
}
