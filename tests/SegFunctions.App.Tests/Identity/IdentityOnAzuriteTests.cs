using SegFunctions.App.Tests.Support;
using SegFunctions.Testing;

namespace SegFunctions.App.Tests.Identity;

/// <summary>On an Azurite of its own: a refresh reads everything that an account holds.</summary>
public sealed class IdentityOnAzuriteTests(AzuriteServer azurite) : IClassFixture<AzuriteServer>
{
    [Fact]
    public async Task A_person_under_two_ids_is_one_customer_on_real_storage()
    {
        await using var app = await ServedApp.StartOnAsync(azurite);

        await IdentityTests.PersonUnderTwoIdsAsync(app);
    }
}
