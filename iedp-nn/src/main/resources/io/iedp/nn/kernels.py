# TorchScript, in the form that archives hold. Every argument is an array: only such calls record
# gradients. Numbers come as arrays of one element on the CPU.

# On the CPU, libtorch adds up each channel of channels-last features cell by cell, in 32 bits: of large pictures' means
# and squares too little is left. Here, sums over a few rows at a time are added up in 64 bits, about a value near the mean.
  def normalized(self: __torch__.Kernels, x: Tensor, groups: int, weight: Tensor, bias: Tensor, epsilon: float) -> Tensor:
    cells = torch.mul(torch.size(x, 2), torch.size(x, 3))
    floats = torch.__and__(ops.prim.is_cpu(x), torch.eq(ops.prim.dtype(x), 6))
    last = torch.__and__(torch.eq(torch.stride(x, 1), 1), torch.gt(cells, 8192))
    if torch.__not__(torch.__and__(floats, last)):
      r = torch.group_norm(x, groups, weight, bias, epsilon)
    elif (self).recorded(x, weight, ):
      r = torch.group_norm(torch.contiguous(x, memory_format=0), groups, weight, bias, epsilon)
    else:
      step = ops.prim.max(torch.floordiv(8192, torch.size(x, 3)), 1)
      parts = torch.floordiv(torch.sub(torch.add(torch.size(x, 2), step), 1), step)
      shape = [torch.size(x, 0), torch.size(x, 1)]
      near = torch.mean(torch.slice(x, 2, 0, step, 1), [2, 3], True, dtype=None)
      total = torch.zeros(shape, dtype=7, layout=None, device=ops.prim.device(x), pin_memory=False)
      squares = torch.zeros(shape, dtype=7, layout=None, device=ops.prim.device(x), pin_memory=False)
      for i in range(parts):
        top = torch.mul(i, step)
        part = torch.sub(torch.slice(x, 2, top, torch.add(top, step), 1), near)
        total = torch.add_(total, torch.sum(part, [2, 3], False, dtype=None))
        squares = torch.add_(squares, torch.sum(torch.square(part), [2, 3], False, dtype=None))
      base = torch.to(torch.reshape(near, shape), 7)
      off = torch.div(total, cells)
      own = torch.add(torch.add(torch.div(squares, cells), torch.mul(torch.mul(off, base), 2)), torch.square(base))
      by_group = [torch.size(x, 0), groups, -1]
      mean = torch.mean(torch.reshape(torch.add(base, off), by_group), [2], True, dtype=None)
      square = torch.mean(torch.reshape(own, by_group), [2], True, dtype=None)
      variance = torch.clamp(torch.sub(square, torch.square(mean)), 0, None)
      factor = torch.mul(torch.rsqrt(torch.add(variance, epsilon)), torch.reshape(weight, [1, groups, -1]))
      shift = torch.sub(torch.reshape(bias, [1, groups, -1]), torch.mul(mean, factor))
      each = [torch.size(x, 0), -1, 1, 1]
      r = torch.addcmul(torch.to(torch.reshape(shift, each), 6), x, torch.to(torch.reshape(factor, each), 6))
    return r

  def group_norm(self: __torch__.Kernels, x: Tensor, groups: Tensor, weight: Tensor, bias: Tensor, epsilon: Tensor) -> Tensor:
    return (self).normalized(x, int(groups), weight, bias, float(epsilon), )

  def group_norm_silu(self: __torch__.Kernels, x: Tensor, groups: Tensor, weight: Tensor, bias: Tensor, epsilon: Tensor) -> Tensor:
    y = (self).normalized(x, int(groups), weight, bias, float(epsilon), )
    if (self).recorded(x, weight, ):
      r = torch.silu(y)
    else:
      r = torch.silu_(y)
    return r

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
    if (self).recorded(x, x, ):
      r = torch.mul(value, torch.gelu(gate))
    else:
      r = torch.mul_(torch.gelu(torch.contiguous(gate, memory_format=0)), value)
    return r

  def bfloat16(self: __torch__.Kernels, x: Tensor) -> Tensor:
    return torch.to(x, 15)

  def float32(self: __torch__.Kernels, x: Tensor) -> Tensor:
    return torch.to(x, 6)

  def channels_last(self: __torch__.Kernels, x: Tensor) -> Tensor:
    return torch.contiguous(x, memory_format=2)

# A bias in the type of its weight.
  def like(self: __torch__.Kernels, bias: Optional[Tensor], weight: Tensor) -> Optional[Tensor]:
    if torch.__is__(bias, None):
      r = annotate(Optional[Tensor], None)
    else:
      r = annotate(Optional[Tensor], torch.to(ops.aten._unwrap_optional(bias), ops.prim.dtype(weight)))
    return r

  def recorded(self: __torch__.Kernels, x: Tensor, weight: Tensor) -> bool:
    if torch.is_grad_enabled():
      r = torch.__or__(ops.prim.requires_grad(x), ops.prim.requires_grad(weight))
    else:
      r = False
    return r

# oneDNN's own product is up to three times as fast as the BLAS one where that is slow. Its form that records gradients
# copies its arguments, which pays where there are many rows, and knows nothing but 32-bit floats. It takes outputs in
# blocks of 64, of which the last must be full, as below.
  def product(self: __torch__.Kernels, x: Tensor, weight: Tensor, bias: Optional[Tensor]) -> Tensor:
    outputs = torch.size(weight, 0)
    many = torch.ge(torch.numel(x), torch.mul(256, torch.size(weight, 1)))
    whole = torch.eq(torch.remainder(outputs, 64), 0)
    plain = torch.eq(ops.prim.dtype(weight), 6)
    slow = torch.__and__(ops.prim.is_cpu(x), torch.__not__(self.blas))
    if torch.__and__(torch.__and__(slow, plain), torch.__and__(many, whole)):
      r = torch.to_dense(ops.aten.mkldnn_linear(torch.to_mkldnn(x, None), weight, bias), None)
    else:
      r = torch.linear(x, weight, bias)
    return r

# Weights in the layout that oneDNN computes with, for inference: else each call brings them into it anew. Only products
# take them then.
  def pack_linear(self: __torch__.Kernels, weight: Tensor, rows: Tensor) -> Tensor:
    matrix = torch.contiguous(torch.flatten(weight, 1, -1), memory_format=0)
    return ops.mkldnn._reorder_linear_weight(matrix, int(rows))

  def pack_conv2d(self: __torch__.Kernels, weight: Tensor, x: Tensor, stride: Tensor, padding: Tensor) -> Tensor:
    plain = torch.to_mkldnn(torch.contiguous(weight, memory_format=0), None)
    return torch.mkldnn_reorder_conv2d_weight(plain, [int(padding), int(padding)], [int(stride), int(stride)], [1, 1], 1, torch.size(x))

  def affine(self: __torch__.Kernels, x: Tensor, weight: Tensor, own_bias: Optional[Tensor]) -> Tensor:
    y = torch.to(x, ops.prim.dtype(weight))
    bias = (self).like(own_bias, weight, )
    if torch.__or__(torch.__not__(ops.prim.is_cpu(x)), (self).recorded(x, weight, )):
      r = (self).product(y, weight, bias, )
    else:
      r = ops.mkldnn._linear_pointwise(y, weight, bias, "none", annotate(List[Optional[number]], []), "")
    return r

  def linear(self: __torch__.Kernels, x: Tensor, weight: Tensor) -> Tensor:
    return (self).affine(x, weight, None, )

  def linear_bias(self: __torch__.Kernels, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    return (self).affine(x, weight, bias, )

# How many channels fill up the last block.
  def missing(self: __torch__.Kernels, channels: int, block: int) -> int:
    return torch.remainder(torch.neg(channels), block)

# Channels last is what convolutions and normalizations like best, and what transformers take as a sequence of cells.
# It costs a copy of the weight, which is too much where that is larger than the features.
#
# oneDNN 3.7.1, which libtorch 2.7.1 has, reorders weights into blocks of channels. Where the last block is not full, it
# clears 64 bytes a cell of the kernel in one go, but the cells lie further apart: it clears weights of the next cell, or
# memory beyond, and leaves garbage in the rest of the block. Products need not be convolutions; all others get full
# blocks: of 16, or 32 for the gradient of a convolution with a stride. Those of the outputs count for the gradient only,
# those of up to 16 inputs are never blocked. Stable Diffusion's own numbers of channels need no filling.
  def convolve(self: __torch__.Kernels, x: Tensor, weight: Tensor, bias: Optional[Tensor], stride: int, padding: int) -> Tensor:
    if torch.lt(torch.numel(x), torch.numel(weight)):
      y = torch.contiguous(torch.to(x, ops.prim.dtype(weight)), memory_format=0)
    else:
      y = torch.contiguous(torch.to(x, ops.prim.dtype(weight)), memory_format=2)
    cpu = ops.prim.is_cpu(x)
    packed = ops.prim.is_mkldnn(weight)
    if torch.eq(torch.dim(weight), 2):
      cells = True
    else:
      cells = torch.__and__(cpu, torch.__and__(torch.eq(torch.size(weight, 2), 1), torch.eq(padding, 0)))
    if torch.__and__(packed, torch.__not__(cells)):
      r = ops.mkldnn._convolution_pointwise(y, weight, (self).like(bias, weight, ), [padding, padding], [stride, stride], [1, 1], 1, "none", annotate(List[Optional[number]], []), "")
    elif cells:
      if torch.gt(stride, 1):
        y = torch.slice(torch.slice(y, 2, 0, None, stride), 3, 0, None, stride)
      matrix = weight
      if torch.__not__(packed):
        matrix = torch.flatten(weight, 1, -1)
      r = torch.permute((self).affine(torch.permute(y, [0, 2, 3, 1]), matrix, bias, ), [0, 3, 1, 2])
    else:
      inputs = 0
      outputs = 0
      recorded = (self).recorded(x, weight, )
      block = 16
      if torch.__and__(recorded, torch.gt(stride, 1)):
        block = 32
      if torch.__and__(cpu, torch.gt(torch.size(weight, 1), 16)):
        inputs = (self).missing(torch.size(weight, 1), block, )
      if torch.__and__(cpu, recorded):
        outputs = (self).missing(torch.size(weight, 0), 16, )
      own_bias = (self).like(bias, weight, )
      if torch.gt(torch.add(inputs, outputs), 0):
        wide = torch.constant_pad_nd(y, [0, 0, 0, 0, 0, inputs], 0)
        full = torch.constant_pad_nd(weight, [0, 0, 0, 0, 0, inputs, 0, outputs], 0)
        z = torch.conv2d(wide, full, None, [stride, stride], [padding, padding], [1, 1], 1)
        r = torch.slice(z, 1, 0, torch.size(weight, 0), 1)
        if torch.__isnot__(own_bias, None):
          r = torch.add(r, torch.reshape(ops.aten._unwrap_optional(own_bias), [-1, 1, 1]))
      else:
        r = torch.conv2d(y, weight, own_bias, [stride, stride], [padding, padding], [1, 1], 1)
    return r

  def conv2d(self: __torch__.Kernels, x: Tensor, weight: Tensor, stride: Tensor, padding: Tensor) -> Tensor:
    return (self).convolve(x, weight, None, int(stride), int(padding), )

  def conv2d_bias(self: __torch__.Kernels, x: Tensor, weight: Tensor, bias: Tensor, stride: Tensor, padding: Tensor) -> Tensor:
    return (self).convolve(x, weight, bias, int(stride), int(padding), )

# A product, and the sum of what falls on one cell: oneDNN's own transposed convolution has the weights in blocks, too.
  def transposed_conv2d(self: __torch__.Kernels, x: Tensor, weight: Tensor, stride: Tensor, padding: Tensor, height: Tensor, width: Tensor) -> Tensor:
    cells = torch.flatten(torch.to(x, ops.prim.dtype(weight)), 2, -1)
    parts = torch.matmul(torch.transpose(torch.flatten(weight, 1, -1), 0, 1), cells)
    kernel = torch.size(weight, 2)
    return torch.col2im(parts, [int(height), int(width)], [kernel, kernel], [1, 1], [int(padding), int(padding)], [int(stride), int(stride)])

  def attention(self: __torch__.Kernels, query: Tensor, key: Tensor, value: Tensor, causal: Tensor) -> Tensor:
    return torch.scaled_dot_product_attention(query, key, value, None, 0., bool(causal))

  def attention_shifted(self: __torch__.Kernels, query: Tensor, key: Tensor, value: Tensor, shift: Tensor) -> Tensor:
    return torch.scaled_dot_product_attention(query, key, value, shift, 0., False)

  def attention_weights(self: __torch__.Kernels, query: Tensor, key: Tensor) -> Tensor:
    scaled = torch.mul(query, torch.pow(float(torch.size(query, -1)), -0.5))
    return torch.softmax(torch.matmul(scaled, torch.transpose(key, -2, -1)), -1)

  def resize_nearest(self: __torch__.Kernels, x: Tensor, height: Tensor, width: Tensor) -> Tensor:
    return torch.upsample_nearest2d(x, [int(height), int(width)], None, None)

  def resize_bilinear(self: __torch__.Kernels, x: Tensor, height: Tensor, width: Tensor, corners: Tensor) -> Tensor:
    return torch.upsample_bilinear2d(x, [int(height), int(width)], bool(corners), None, None)

  def average_pool(self: __torch__.Kernels, x: Tensor, rows: Tensor, columns: Tensor) -> Tensor:
    return torch.adaptive_avg_pool2d(x, [int(rows), int(columns)])

  def resize_bicubic(self: __torch__.Kernels, x: Tensor, height: Tensor, width: Tensor) -> Tensor:
    return torch._upsample_bicubic2d_aa(x, [int(height), int(width)], False, None, None)

  def cross_entropy(self: __torch__.Kernels, logits: Tensor, labels: Tensor, weights: Tensor, ignore: Tensor) -> Tensor:
    return torch.cross_entropy_loss(logits, torch.to(labels, 4), weights, 2, int(ignore), 0.)

  def dropout_channels(self: __torch__.Kernels, x: Tensor, probability: Tensor) -> Tensor:
    return torch.feature_dropout(x, float(probability), True)

  def gradient_norm(self: __torch__.Kernels, gradients: List[Tensor]) -> Tensor:
    return torch.norm(torch.stack(torch._foreach_norm(gradients, 2)))

  def scale(self: __torch__.Kernels, arrays: List[Tensor], factor: float) -> Tensor:
    torch._foreach_mul_(arrays, factor)
    return arrays[0]

  def add(self: __torch__.Kernels, targets: List[Tensor], sources: List[Tensor], factor: float) -> Tensor:
    torch._foreach_add_(targets, sources, alpha=factor)
    return targets[0]

  def copy(self: __torch__.Kernels, targets: List[Tensor], sources: List[Tensor]) -> Tensor:
    torch._foreach_copy_(targets, sources)
    return targets[0]

  def lerp(self: __torch__.Kernels, targets: List[Tensor], sources: List[Tensor], share: float) -> Tensor:
    torch._foreach_lerp_(targets, sources, share)
    return targets[0]

  def adamw(self: __torch__.Kernels, parameters: List[Tensor], gradients: List[Tensor], means: List[Tensor], variances: List[Tensor], steps: List[Tensor], rate: float, decay: float, beta1: float, beta2: float, epsilon: float) -> Tensor:
    torch._fused_adamw_(parameters, gradients, means, variances, annotate(List[Tensor], []), steps, lr=rate, beta1=beta1, beta2=beta2, weight_decay=decay, eps=epsilon, amsgrad=False, maximize=False)
    return parameters[0]
