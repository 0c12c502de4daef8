# TorchScript, in the form that archives hold. Every argument is an array: only such calls record
# gradients. Numbers come as arrays of one element on the CPU.

  def group_norm(self: __torch__.Kernels, x: Tensor, groups: Tensor, weight: Tensor, bias: Tensor, epsilon: Tensor) -> Tensor:
    return torch.group_norm(x, int(groups), weight, bias, float(epsilon))

  def group_norm_silu(self: __torch__.Kernels, x: Tensor, groups: Tensor, weight: Tensor, bias: Tensor, epsilon: Tensor) -> Tensor:
    return torch.silu(torch.group_norm(x, int(groups), weight, bias, float(epsilon)))

  def layer_norm(self: __torch__.Kernels, x: Tensor, weight: Tensor, bias: Tensor, epsilon: Tensor) -> Tensor:
    return torch.layer_norm(x, [torch.size(x, -1)], weight, bias, float(epsilon))

  def batch_norm(self: __torch__.Kernels, x: Tensor, weight: Tensor, bias: Tensor, mean: Tensor, variance: Tensor, training: Tensor, momentum: Tensor, epsilon: Tensor) -> Tensor:
    return torch.batch_norm(x, weight, bias, mean, variance, bool(training), float(momentum), float(epsilon), True)

  def silu(self: __torch__.Kernels, x: Tensor) -> Tensor:
    return torch.silu(x)

  def gelu(self: __torch__.Kernels, x: Tensor) -> Tensor:
    return torch.gelu(x)

  def quick_gelu(self: __torch__.Kernels, x: Tensor) -> Tensor:
    return torch.mul(x, torch.sigmoid(torch.mul(x, 1.702)))

  def geglu(self: __torch__.Kernels, x: Tensor) -> Tensor:
    value, gate, = torch.chunk(x, 2, -1)
    return torch.mul(value, torch.gelu(gate))

  def linear(self: __torch__.Kernels, x: Tensor, weight: Tensor) -> Tensor:
    return torch.linear(x, weight, None)

  def linear_bias(self: __torch__.Kernels, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    return torch.linear(x, weight, bias)

  def conv2d(self: __torch__.Kernels, x: Tensor, weight: Tensor, stride: Tensor, padding: Tensor) -> Tensor:
    s = int(stride)
    p = int(padding)
    return torch.conv2d(x, weight, None, [s, s], [p, p], [1, 1], 1)

  def conv2d_bias(self: __torch__.Kernels, x: Tensor, weight: Tensor, bias: Tensor, stride: Tensor, padding: Tensor) -> Tensor:
    s = int(stride)
    p = int(padding)
    return torch.conv2d(x, weight, bias, [s, s], [p, p], [1, 1], 1)

  def attention(self: __torch__.Kernels, query: Tensor, key: Tensor, value: Tensor, causal: Tensor) -> Tensor:
    return torch.scaled_dot_product_attention(query, key, value, None, 0., bool(causal))

  def upsample_nearest(self: __torch__.Kernels, x: Tensor, scale: Tensor) -> Tensor:
    s = int(scale)
    return torch.upsample_nearest2d(x, [torch.mul(torch.size(x, 2), s), torch.mul(torch.size(x, 3), s)], None, None)

  def resize_bilinear(self: __torch__.Kernels, x: Tensor, height: Tensor, width: Tensor) -> Tensor:
    return torch.upsample_bilinear2d(x, [int(height), int(width)], False, None, None)

  def resize_bicubic(self: __torch__.Kernels, x: Tensor, height: Tensor, width: Tensor) -> Tensor:
    return torch._upsample_bicubic2d_aa(x, [int(height), int(width)], False, None, None)

  def cross_entropy(self: __torch__.Kernels, logits: Tensor, labels: Tensor, ignore: Tensor) -> Tensor:
    index = torch.to(labels, 4)
    total = torch.cross_entropy_loss(logits, index, None, 2, int(ignore), 0.)
    counted = torch.sum(torch.ne(index, int(ignore)))
    return torch.div(total, torch.clamp(counted, 1, None))

  def dropout_channels(self: __torch__.Kernels, x: Tensor, probability: Tensor) -> Tensor:
    return torch.feature_dropout(x, float(probability), True)

  def gradient_norm(self: __torch__.Kernels, gradients: List[Tensor]) -> Tensor:
    return torch.norm(torch.stack(torch._foreach_norm(gradients, 2)))

  def scale(self: __torch__.Kernels, arrays: List[Tensor], factor: float) -> Tensor:
    torch._foreach_mul_(arrays, factor)
    return arrays[0]

  def adamw(self: __torch__.Kernels, parameters: List[Tensor], gradients: List[Tensor], means: List[Tensor], variances: List[Tensor], steps: List[Tensor], rate: float, decay: float, beta1: float, beta2: float, epsilon: float) -> Tensor:
    torch._fused_adamw_(parameters, gradients, means, variances, annotate(List[Tensor], []), steps, lr=rate, beta1=beta1, beta2=beta2, weight_decay=decay, eps=epsilon, amsgrad=False, maximize=False)
    return parameters[0]
